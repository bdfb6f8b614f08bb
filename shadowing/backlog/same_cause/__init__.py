"""One cause at two channels of a touchpoint: proposed as one improvement, and the areas that one covers."""

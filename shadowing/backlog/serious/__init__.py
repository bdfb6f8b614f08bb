"""What is owed to the customer of a serious failure: that it is put right with them, in time."""

"""Where a phone gets the key that it seals with."""

from __future__ import annotations

import base64
from uuid import UUID

from flask import Response, jsonify
from flask_login import current_user

from shadowing.core.database import db
from shadowing.core.routes import EVERYONE, api_routes
from shadowing.phone.keys.keeping import key_of

api = api_routes("phone_keys")


@api.put("/phones/<uuid:phone>/key", roles=EVERYONE, secret=True)
def put_key(phone: UUID) -> Response:
    """This person's key on this phone, made when there is none. Only they are ever told."""
    key = key_of(current_user.id, phone)
    db.session.commit()
    response = jsonify(key=base64.b64encode(key).decode())
    response.headers["Cache-Control"] = "no-store"
    return response

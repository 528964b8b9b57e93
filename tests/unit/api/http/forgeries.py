"""Tokens that must never let anybody in, by what is wrong with them."""

from __future__ import annotations

import json

from chalicelib.api.http import tokens
from tests.unit.api.http import token_workshop as workshop
from tests.unit.api.http.token_workshop import CLAIMS, HEADER, ISSUER, NOW, part, signed, token


def tampered(presented: str, place: int) -> str:
    parts = presented.split(".")
    parts[place] = part({**CLAIMS, "sub": "operator"}) if place == 1 else part({**HEADER, "typ": "JWT"})
    return ".".join(parts)


def with_text(header: str, claims: str) -> str:
    return signed(header.encode(), claims.encode())


GOOD_PARTS = token().split(".")
CLAIMS_TEXT = json.dumps(CLAIMS)
HEADER_TEXT = json.dumps(HEADER)
FORGED = {
    "nothing at all": "",
    "no dots": "token",
    "two parts": ".".join(GOOD_PARTS[:2]),
    "four parts": token() + ".more",
    "an encrypted one of five parts": ".".join([*GOOD_PARTS, "a", "b"]),
    "alg none without a signature": f"{part({'alg': 'none'})}.{GOOD_PARTS[1]}.",
    "alg none with the kid": f"{part({**HEADER, 'alg': 'none'})}.{GOOD_PARTS[1]}.{GOOD_PARTS[2]}",
    "alg None": token({"alg": "None"}),
    "alg nOnE": token({"alg": "nOnE"}),
    "alg empty": token({"alg": ""}),
    "alg missing": signed({"kid": workshop.KID}, CLAIMS),
    "alg null": token({"alg": None}),
    "alg as a list": token({"alg": ["RS256"]}),
    "alg rs256 in small letters": token({"alg": "rs256"}),
    "HS256 with the public key as the secret": workshop.signed_by_secret(
        {**HEADER, "alg": "HS256"}, workshop.public_pem()
    ),
    "RS256 said, HMAC done": workshop.signed_by_secret(HEADER, workshop.public_pem()),
    "alg PS256": token({"alg": "PS256"}),
    "RS256 said, PSS done": workshop.signed_by_pss(),
    "RS256 said, SHA-512 done": workshop.signed_by_rs512(),
    "alg ES256": token({"alg": "ES256"}),
    "another's key under our kid": signed(HEADER, CLAIMS, workshop.private_key("stranger")),
    "another's key under its own kid": signed({**HEADER, "kid": "k2"}, CLAIMS, workshop.private_key("stranger")),
    "no kid": signed({"alg": "RS256"}, CLAIMS),
    "an empty kid": token({"kid": ""}),
    "a kid that is a number": token({"kid": 1}),
    "a kid that is a path": token({"kid": "../../dev/null"}),
    "a kid of a thousand characters": token({"kid": "k" * 1000}),
    "a key in its header": token({"jwk": workshop.jwk()}),
    "a key set's address in its header": token({"jku": "https://stranger.example/jwks.json"}),
    "a certificate in its header": token({"x5c": ["MIIB"]}),
    "a certificate's address in its header": token({"x5u": "https://stranger.example/x.pem"}),
    "a critical extension": token({"crit": ["exp"]}),
    "an unencoded payload": token({"b64": False}),
    "a compressed payload": token({"zip": "DEF"}),
    "another type": token({"typ": "secevent+jwt"}),
    "the type of an ID token of others": token({"typ": "id+jwt"}),
    "changed claims": tampered(token(), 1),
    "a changed header": tampered(token(), 0),
    "no signature": f"{GOOD_PARTS[0]}.{GOOD_PARTS[1]}.",
    "a cut signature": token()[:-8],
    "a signature in plain base64": f"{GOOD_PARTS[0]}.{GOOD_PARTS[1]}.ab+/",
    "padding": token() + "==",
    "white space inside": token().replace(".", ". ", 1),
    "a line break at the end": token() + "\n",
    "a header that is no JSON": with_text("{", CLAIMS_TEXT),
    "a header that is a list": with_text("[]", CLAIMS_TEXT),
    "claims that are text": with_text(HEADER_TEXT, '"sub"'),
    "claims that are not UTF-8": signed(HEADER, b"\xff\xfe"),
    "alg twice": with_text('{"kid": "key-1", "alg": "none", "alg": "RS256"}', CLAIMS_TEXT),
    "sub twice": with_text(HEADER_TEXT, CLAIMS_TEXT[:-1] + ', "sub": "operator"}'),
    "exp twice": with_text(HEADER_TEXT, '{"exp": 9, ' + CLAIMS_TEXT[1:]),
    "an infinite exp": with_text(HEADER_TEXT, CLAIMS_TEXT.replace(str(CLAIMS["exp"]), "Infinity")),
    "deep nesting": with_text(HEADER_TEXT, "[" * 3000),
    "another issuer": token(iss="https://issuer.example/other"),
    "the issuer with a slash": token(iss=ISSUER + "/"),
    "issuers in a list": token(iss=[ISSUER]),
    "no issuer": token(iss=...),
    "an ID token": token(token_use="id", aud="console", client_id=...),
    "a refresh token": token(token_use="refresh"),
    "no use": token(token_use=...),
    "another client": token(client_id="stranger"),
    "no client": token(client_id=...),
    "clients in a list": token(client_id=["console"]),
    "expired": token(iat=NOW - 1000, exp=NOW - tokens.LEEWAY),
    "no end": token(exp=...),
    "an end as text": token(exp=str(NOW + 840)),
    "an end that is true": token(exp=True),
    "a negative end": token(exp=-1),
    "an end beyond all time": token(exp=2**60),
    "a life of ten years": token(exp=NOW + 10 * 365 * 86400),
    "an end before its beginning": token(iat=NOW + 20, exp=NOW + 10),
    "issued tomorrow": token(iat=NOW + 86400, exp=NOW + 86400 + 900),
    "no issue time": token(iat=...),
    "not yet": token(nbf=NOW + tokens.LEEWAY + 1),
    "not-before as text": token(nbf="0"),
    "no subject": token(sub=...),
    "an empty subject": token(sub=""),
    "a subject that is a number": token(sub=7),
    "a subject with a line break": token(sub="ann\nX-Role: operator"),
    "a subject of a thousand characters": token(sub="a" * 1000),
    "more than 8 kB": token(padding="x" * 8192),
}

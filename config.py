"""Settings from the environment, with defaults that are safe on loopback.

`clinic_notes.app` reads this file by path, so that a checkout and an installed wheel use the same
one. Secrets and the database key are files in the instance folder; the first start creates them,
and only their owner can read them.
"""

import os
from datetime import timedelta

INSTANCE = os.environ.get("CLINIC_NOTES_INSTANCE", "instance")
DATABASE_URL = os.environ.get("CLINIC_NOTES_DATABASE_URL", "")
DATABASE_KEY = os.environ.get("CLINIC_NOTES_DATABASE_KEY", "")
DATABASE_KEY_FILE = os.environ.get("CLINIC_NOTES_DATABASE_KEY_FILE", "")
SECRET_KEY_VALUE = os.environ.get("CLINIC_NOTES_SECRET_KEY", "")
SECRET_KEY_FILE = os.environ.get("CLINIC_NOTES_SECRET_KEY_FILE", "")
BACKUP_KEY = os.environ.get("CLINIC_NOTES_BACKUP_KEY", "")
BACKUP_KEY_FILE = os.environ.get("CLINIC_NOTES_BACKUP_KEY_FILE", "")
HTTPS = os.environ.get("CLINIC_NOTES_HTTPS", "") == "1"
HOSTS = [host for host in os.environ.get("CLINIC_NOTES_HOSTS", "").split(",") if host.strip()]
# Links that set a password are made with the name a browser asked for. Served to this machine
# alone, only its own names are answered; behind HTTPS the clinic says which are its.
TRUSTED_HOSTS = HOSTS or (None if HTTPS else ["localhost", "127.0.0.1", "[::1]"])
PROXIES = int(os.environ.get("CLINIC_NOTES_PROXIES", "") or 0)
DEMO = False

# A browser session ends after a quarter of an hour without use, and after a working day in any
# case (45 CFR 164.312(a)(2)(iii), automatic logoff).
IDLE_AFTER = timedelta(minutes=15)
EXPIRES_AFTER = timedelta(hours=12)

# argon2id with 46 MiB, one pass: the OWASP parameters for one lane.
PASSWORD_HASH = {"time_cost": 1, "memory_cost": 47_104, "parallelism": 1}

SESSION_COOKIE_NAME = "__Host-clinic_notes" if HTTPS else "clinic_notes"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Large enough that a very long form is refused with a message, and its text is not lost.
MAX_CONTENT_LENGTH = 4 * 1024 * 1024
MAX_FORM_MEMORY_SIZE = 4 * 1024 * 1024

# The token lives as long as the browser session: a long note must not die at an hour.
WTF_CSRF_TIME_LIMIT = None

# Browsers ask for styles and scripts again once an hour, not at every page.
SEND_FILE_MAX_AGE_DEFAULT = timedelta(hours=1)

# A form is a tenth of its size when compressed; at these levels that takes 3 ms.
COMPRESS_ALGORITHM = ["br", "gzip"]
COMPRESS_BR_LEVEL = 4
COMPRESS_LEVEL = 4

BOOTSTRAP_SERVE_LOCAL = True

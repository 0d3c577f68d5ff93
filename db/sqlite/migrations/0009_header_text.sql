-- No table changes, but older versions cannot read the response headers of attempts from now on: they refuse this database.
PRAGMA user_version = 9;

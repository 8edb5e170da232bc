"""The tables of django-oauth-toolkit 3.4 in one migration; after an upgrade: `manage.py makemigrations oauth2_provider`."""

"""Addresses of the desk's own pages."""
urlpatterns = []

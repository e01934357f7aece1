#!/usr/bin/python3
"""A browser for WebKitWebDriver that keeps its profile, in a window as narrow as a phone.

The driver starts it with --automation; the first argument names the profile's folder.
"""

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

profile = sys.argv[1]
data = WebKit2.WebsiteDataManager(base_data_directory=profile + "/data", base_cache_directory=profile + "/cache")
context = WebKit2.WebContext(website_data_manager=data)
context.set_automation_allowed(True)


def automation_started(_context, session):
    """Gives the driver a view; the driver does the rest."""
    info = WebKit2.ApplicationInfo()
    info.set_name("dialogtavle")
    session.set_application_info(info)
    session.connect("create-web-view", lambda _session: view)


window = Gtk.Window(default_width=390, default_height=800)
view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
window.add(view)
window.connect("destroy", Gtk.main_quit)
window.show_all()
context.connect("automation-started", automation_started)
Gtk.main()

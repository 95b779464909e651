"""The driver on a bad day."""

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.driver import honest


async def test_the_thread_that_waits_for_keys_ends_with_the_app_though_the_terminal_took_no_goodbye() -> None:
    """Textual tells the thread after the goodbye; where that fails, it would look for keys for ever."""
    driver = honest(LinuxDriver)(App[None]())
    driver.close()
    assert isinstance(driver, LinuxDriver)
    assert driver.exit_event.is_set()

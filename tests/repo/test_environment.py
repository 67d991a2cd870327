"""The tests themselves run in a clean room."""

import os
import socket

import pytest


def test_no_test_connects_to_another_machine() -> None:
    # 192.0.2.0/24 is reserved for documentation (RFC 5737): nothing answers there, even without the guard.
    with (
        socket.socket() as connection,
        pytest.raises(PermissionError, match="other machines"),
    ):
        connection.connect(("192.0.2.1", 443))


def test_a_server_of_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


def test_settings_of_the_developer_do_not_reach_a_test() -> None:
    assert [name for name in os.environ if name.startswith("KOPPELRADAR_")] == []

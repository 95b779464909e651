"""What the tests of widgets share."""

from tests.support import quiet

quiet.install()

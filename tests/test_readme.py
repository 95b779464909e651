from tests.readme import README, with_table


def test_the_table_of_keys_in_the_readme_is_what_the_bindings_say() -> None:
    """`python -m tests.readme` brings it up to date."""
    readme = README.read_text(encoding="utf-8")
    assert with_table(readme) == readme
    assert "It is a real win" in readme

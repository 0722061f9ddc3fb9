"""What happens, whoever acts: pure functions on arrays over worlds."""

"""China as a patron of Russia: the guest `china` and the preset `backed` for doctrine-sim."""

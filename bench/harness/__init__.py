"""Meridian and Apache Kafka side by side; `bench/run` is the way in."""

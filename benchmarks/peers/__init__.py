"""What benchmarks are measured against; nothing here is part of the program."""

"""Benchmarks: each module measures, prints name, figure, target and whether it holds, and notes it in results.json."""

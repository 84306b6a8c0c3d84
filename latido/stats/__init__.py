"""Pure statistics: aggregates in, `Estimate` out. No rows, no engine, no input or output."""

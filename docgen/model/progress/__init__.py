"""Progress: what units are asked and what they say, merged and held against the plan."""

namespace Tributary.Synthetic;

/// <summary>What to make: equal options give equal bytes.</summary>
/// <param name="Seed">Chooses the people, dates and answers.</param>
/// <param name="Scale">Multiplies the number of resources; 1 is the size of the demo, 1000 some millions.</param>
/// <param name="Gzip">Writes <c>.ndjson.gz</c> instead of <c>.ndjson</c>.</param>
/// <param name="Faults">How many faulty lines to plant among the good ones.</param>
public sealed record SyntheticOptions(long Seed = 1, double Scale = 1, bool Gzip = false, int Faults = 0);

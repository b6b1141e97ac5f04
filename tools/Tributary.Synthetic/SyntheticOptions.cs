namespace Tributary.Synthetic;

/// <summary>What to make: equal options give equal bytes.</summary>
/// <param name="Seed">Chooses the people, dates and answers.</param>
/// <param name="Scale">Multiplies the number of resources; 1 is the size of the demo, 1000 some millions.</param>
/// <param name="Gzip">Writes <c>.ndjson.gz</c> instead of <c>.ndjson</c>.</param>
/// <param name="Faults">How many faulty lines to plant among the good ones.</param>
/// <param name="Days">How many nights of drops to make (kotahi).</param>
/// <param name="Clean">Leaves out every fault of the drops (kotahi).</param>
public sealed record SyntheticOptions(long Seed = 1, double Scale = 1, bool Gzip = false, int Faults = 0, int Days = 7, bool Clean = false);

using System.Globalization;

namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>Hands out names for the parts of one query, and knows what is being written: <paramref name="place"/> is how errors of the query call it.</summary>
internal sealed class SqlNames(string place = "the view")
{
    private readonly Counter counter = new();

    private SqlNames(string place, Counter counter) : this(place) => this.counter = counter;

    public string Place => place;

    /// <summary>Names of the same query, for another part of it.</summary>
    public SqlNames For(string part) => new(part, counter);

    public string Next(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{++counter.Last}");

    private sealed class Counter
    {
        public int Last { get; set; }
    }
}

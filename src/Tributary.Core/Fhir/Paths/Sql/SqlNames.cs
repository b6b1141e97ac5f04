using System.Globalization;

namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>Hands out names for the parts of one query.</summary>
internal sealed class SqlNames
{
    private int count;

    public string Next(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{++count}");
}

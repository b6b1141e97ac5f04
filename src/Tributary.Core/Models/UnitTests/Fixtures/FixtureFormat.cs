namespace Tributary.Core.Models.UnitTests.Fixtures;

/// <summary>How the rows of a fixture are written.</summary>
public enum FixtureFormat
{
    /// <summary>A list of maps.</summary>
    Dict,

    /// <summary>Text with a header line; an empty field is NULL.</summary>
    Csv,

    /// <summary>A query, which is a template too.</summary>
    Sql,
}

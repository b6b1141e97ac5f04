namespace Tributary.Jinja;

/// <summary>
/// What may be done with a name that nobody defined. <c>is defined</c>, <c>default</c>, comparing and testing for truth
/// (it is false) always work, because macros of dbt packages rest on them; the policies differ in the rest.
/// </summary>
public enum UndefinedPolicy
{
    /// <summary>It never becomes text: printing it, joining it, calling it or reading its attributes is an error.</summary>
    Checked,

    /// <summary>As in Jinja: it prints as nothing; calling it or reading its attributes is an error.</summary>
    Lenient,

    /// <summary>As dbt while it only collects references: attributes, items and calls of it are undefined again.</summary>
    Chained,

    /// <summary>As Jinja's StrictUndefined: testing for truth, comparing and looping are errors too.</summary>
    Strict,
}

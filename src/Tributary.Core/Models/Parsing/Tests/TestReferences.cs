using Tributary.Core.Text;

namespace Tributary.Core.Models.Parsing.Tests;

/// <summary>
/// What a test refers to. As in dbt a test of something that is disabled is left out, and so is one of something that nothing
/// declares, with a warning: a package's test must not stop a project that switched its model off.
/// </summary>
internal sealed class TestReferences(ReferenceTable references, Problems problems)
{
    /// <summary>Ids in the order in which they were first named; null when the test is to be left out.</summary>
    public List<string>? Resolve(Collected collected, string package, string test)
    {
        var ids = new List<string>();
        var isWhole = true;
        foreach (var reference in collected.References)
        {
            var id = reference.Source is { } source
                ? references.FindSource(source, reference.Name, package)?.Id
                : references.Find(reference.Name, reference.Package, package, reference.Version)?.Id;
            if (id is null)
            {
                isWhole = false;
                Warn(reference, test);
            }
            else if (!ids.Contains(id)) ids.Add(id);
        }
        return isWhole ? ids : null;
    }

    private void Warn(Collected.Reference reference, string test)
    {
        if (reference.Source is null && references.IsDisabled(reference.Name)) return;
        var error = reference.Source is { } source
            ? references.UnknownSource(source, reference.Name, reference.At)
            : references.UnknownReference(reference.Name, reference.Package, reference.At, reference.Version);
        problems.Warn(error.Code, error.At, $"{error.Message}; the test {test} is left out", error.Hint);
    }
}

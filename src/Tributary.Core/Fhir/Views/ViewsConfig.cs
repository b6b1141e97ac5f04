using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Fhir.Views;

/// <summary>The <c>views:</c> entry of tributary.yml: what the SQL-on-FHIR views of a project are made over and become.</summary>
public sealed record ViewsConfig(
    SourcePosition At,
    [Description("Folder with the ViewDefinitions, one a JSON file; also the folder below models/ whose configuration the models take.")]
    string Folder = "views",
    [Description("The source whose streams the views read, when more than one source has a stream of their resource type.")]
    string? Source = null,
    [Description("How the views are built: table or view; absent: as dbt_project.yml says for their folder.")]
    string? Materialized = null) : IValidated
{
    public void Validate(Validation check)
    {
        if (Materialized is not (null or "table" or "view")) check.Refuse("materialized", $"expected table or view, found '{Materialized}'");
        if (Path.IsPathRooted(Folder) || Folder.Split('/').Contains("..")) check.Refuse("folder", "the folder must lie below the project's folder");
    }
}

using Tributary.Core.Text;

namespace Tributary.Core.Graph;

/// <summary>
/// A model that the engine wrote (questionnaires, anonymous twins, metrics): from here on an ordinary model with
/// ref, select, docs and tests. <paramref name="Template"/> is dbt SQL; <paramref name="Config"/> holds the keys of
/// <c>config()</c> and of a model's YAML properties under <c>config</c>; <paramref name="Columns"/> its columns in order.
/// <paramref name="Folder"/> is where it would lie below <c>models/</c> (<c>intermediate</c>, <c>marts/anon</c>), so that
/// folder configuration of dbt_project.yml applies; <paramref name="At"/> is the line of the user's file that asked for it.
/// </summary>
public sealed record GeneratedModel(
    string Name,
    string Folder,
    string Template,
    IReadOnlyDictionary<string, object?> Config,
    IReadOnlyList<GeneratedColumn> Columns,
    SourcePosition At,
    string Description = "");

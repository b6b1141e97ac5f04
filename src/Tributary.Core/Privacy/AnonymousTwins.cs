using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Privacy;

/// <summary>
/// The anonymous twins of a project's models: exactly the classed columns, each through its profile's mask. A column without a class
/// is held back, so that a new one stays at home until somebody says what it reveals.
/// </summary>
public sealed record AnonymousTwins(
    IReadOnlyList<AnonymousTwin> Twins,
    IReadOnlyList<HeldBack> HeldBack,
    IReadOnlyList<UserError> Warnings)
{
    public static AnonymousTwins None { get; } = new([], [], []);

    /// <summary>The twins as models for the model parser.</summary>
    public IReadOnlyList<GeneratedModel> Models => [.. Twins.Select(twin => twin.Model)];

    /// <summary>
    /// Makes them from all declared and generated models. Throws all problems at once: unknown classes (TRB0502), a name in
    /// <c>anonymous:</c> that no model has (TRB0111), a twin's name that is taken (TRB0112), a model of which nothing would leave.
    /// </summary>
    public static AnonymousTwins Make(
        IReadOnlyList<DeclaredModel> models, PrivacyOptions options, MaskSettings settings)
    {
        var problems = new List<UserError>();
        var chosen = Choose(models, options, problems);
        var writer = new TwinWriter(options, settings);
        var twins = new List<AnonymousTwin>();
        foreach (var model in chosen)
        {
            if (writer.Write(model, problems) is { } twin) twins.Add(twin);
        }
        if (problems.Count > 0) throw new UserErrorException(problems);
        return new AnonymousTwins(twins, writer.HeldBack, [.. Warn(options, twins), .. Warn(writer.HeldBack)]);
    }

    private static List<DeclaredModel> Choose(
        IReadOnlyList<DeclaredModel> models, PrivacyOptions options, List<UserError> problems)
    {
        var names = models.Select(model => model.Name).ToHashSet();
        foreach (var pattern in options.Anonymous.Where(pattern => !names.Any(name => Matches(pattern, name))))
        {
            problems.Add(new UserError(ErrorCodes.UnknownName, options.At, $"`anonymous:` names '{pattern}', and no model matches it.",
                "Use a model's name or a glob such as \"qr_*\"."));
        }
        // A glob such as "qr_*" must not make twins of hand-written twins.
        var chosen = models
            .Where(model => options.Anonymous.Any(pattern => Matches(pattern, model.Name)) && !model.Name.EndsWith(options.Suffix, StringComparison.Ordinal))
            .OrderBy(model => model.Name, StringComparer.Ordinal).ToList();
        foreach (var model in chosen.Where(model => names.Contains(model.Name + options.Suffix)))
        {
            problems.Add(new UserError(ErrorCodes.DuplicateName, model.At,
                $"The anonymous twin of '{model.Name}' would be '{model.Name + options.Suffix}', which is a model already.",
                "Remove that model, or take this one out of `anonymous:`."));
        }
        return chosen;
    }

    private static bool Matches(string pattern, string name) => new Glob(pattern).IsMatch(name);

    /// <summary>One warning a model: what is declared and has no class.</summary>
    private static IEnumerable<UserError> Warn(IReadOnlyList<HeldBack> heldBack) => heldBack
        .Where(column => column.Reason == TwinWriter.NotClassed)
        .GroupBy(column => (column.Relation, column.At))
        .Select(model => new UserError(ErrorCodes.ColumnHeldBack, model.Key.At,
            $"Columns of '{model.Key.Relation}' have no class and stay at home: {string.Join(", ", model.Select(column => column.Column))}.",
            "Class them (`meta: {tributary: {class: …}}`); class drop says that they are meant to stay."));

    private static List<UserError> Warn(PrivacyOptions options, List<AnonymousTwin> twins)
    {
        var warnings = new List<UserError>();
        if (options.Profile != PrivacyProfile.EngageName || twins.Count == 0) return warnings;
        warnings.Add(new UserError(ErrorCodes.WeakMasks, options.At,
            "Profile `engage` is weaker than Safe Harbor: last four phone digits, small ZIP areas, ages over 89 and exact dates remain.",
            "Use `profile: safe-harbor` for files that leave the organization."));
        if (options.Unkeyed)
        {
            warnings.Add(new UserError(ErrorCodes.WeakMasks, options.At,
                "`unkeyed: true` writes a plain MD5 of each identifier, which anyone can undo by trying ids.",
                "Remove it: the keyed digest has the same shape."));
        }
        return warnings;
    }
}

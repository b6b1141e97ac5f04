namespace Tributary.Core.Forms;

/// <summary>Every version of every form's definition that is known, oldest first, and what could not be read.</summary>
public sealed record FormKnowledge(IReadOnlyList<FormDefinition> Versions, IReadOnlyList<FormProblem> Problems)
{
    public static readonly FormKnowledge None = new([], []);

    /// <summary>Both; what <paramref name="later"/> says of a form is newer.</summary>
    public FormKnowledge Then(FormKnowledge later)
    {
        ArgumentNullException.ThrowIfNull(later);
        return new([.. Versions, .. later.Versions], [.. Problems, .. later.Problems]);
    }
}

/// <summary>A form whose definition cannot be read: the document or file, and why.</summary>
public sealed record FormProblem(string Where, string Form, string Problem);

using Tributary.Core.Text;

namespace Tributary.Core.Privacy;

/// <summary>
/// What a column reveals, as a model's properties say (<c>config.meta.tributary.class</c>). The values of an identifying
/// class must appear nowhere on the anonymous track; the leak check searches for them.
/// </summary>
public sealed record ColumnClass(string Name, bool IsIdentifying, string Description)
{
    public const string Safe = "safe";
    public const string Id = "id";
    public const string PersonName = "name";
    public const string Phone = "phone";
    public const string Email = "email";
    public const string BirthDate = "birth_date";
    public const string Address = "address";
    public const string Zip = "zip";
    public const string Medicaid = "medicaid";
    public const string Date = "date";
    public const string FreeText = "free_text";
    public const string Drop = "drop";

    /// <summary>Every class, in the order of the docs.</summary>
    public static IReadOnlyList<ColumnClass> All { get; } =
    [
        new(Safe, false, "Reveals nothing about a person; leaves as it is."),
        new(Id, true, "An identifier of a person or record, or a reference to one."),
        new(PersonName, true, "A name or a part of one."),
        new(Phone, true, "A telephone or fax number."),
        new(Email, true, "An e-mail address."),
        new(BirthDate, true, "A date of birth."),
        new(Address, true, "A street, city or other place smaller than a state."),
        new(Zip, true, "A postal code."),
        new(Medicaid, true, "A number that an authority, insurer or hospital gave to a person."),
        new(Date, false, "A date that belongs to a person: an admission, a visit, an answer."),
        new(FreeText, false, "Text that people wrote and that may say anything."),
        new(Drop, false, "Never leaves."),
    ];

    /// <summary>The class of that name; null when there is none.</summary>
    public static ColumnClass? Find(string name) => All.FirstOrDefault(known => known.Name == name);

    internal static string Hint => $"Use one of: {string.Join(", ", All.Select(known => known.Name))}.";

    /// <summary>The problem to report for a column whose class is none of <see cref="All"/>.</summary>
    internal static UserError Unknown(string model, string column, string found, SourcePosition at) => new(
        ErrorCodes.ClassUnknown, at,
        $"Column '{column}' of '{model}' has the class '{found}', which does not exist.",
        Hint);
}

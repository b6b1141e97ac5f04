namespace Tributary.Core.Forms;

/// <summary>
/// A field with the name of its column, and whether the newest version still has it. <paramref name="Newest"/> says what to call it and what it offers.
/// </summary>
public sealed record FormColumn(string Name, FormField Newest, FormType Type, bool IsCurrent)
{
    public FormValue Value(bool isSms) => FormValue.Of(Type, isSms);
}

using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Jobs;

/// <summary>The values of one key of <c>for_each</c>; later keys may depend on earlier ones.</summary>
public sealed record Values(
    SourcePosition At,
    [Description("The values themselves.")] IReadOnlyList<object?>? List = null,
    [Description("A setting of type list; {name} stands for a parameter or an earlier key.")] string? Setting = null,
    [Description("A query whose first column holds the values, in its order; parameters as :name.")] string? Query = null,
    [Description("The first whole number of a range.")] int? From = null,
    [Description("The last one, or `this_year`.")] object? To = null) : IValidated
{
    public const string ThisYear = "this_year";

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        var given = (List is null ? 0 : 1) + (Setting is null ? 0 : 1) + (Query is null ? 0 : 1) + (From is null ? 0 : 1);
        if (given != 1) check.Refuse("for_each", "expected one of list, setting, query and from");
        if (From is null != To is null) check.Refuse("from", "from and to go together");
        if (To is not (null or long or ThisYear)) check.Refuse("to", $"expected a whole number or {ThisYear}");
    }
}

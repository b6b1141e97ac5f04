using Tributary.Jinja.Functions;

namespace Tributary.Jinja.Filters;

/// <summary>The filters: Jinja's own, and dbt's that say what a text stands for.</summary>
internal static class FilterTable
{
    private static readonly Dictionary<string, Builtin> Filters = Builtin.Table(
        TextFilters.All, LayoutFilters.All, MarkupFilters.All, NumberFilters.All, RowFilters.All, ChoiceFilters.All, OrderFilters.All, DictFilters.All, ValueFilters.All);

    public static IEnumerable<string> Names => Filters.Keys;

    public static Builtin? Find(string name) => Filters.GetValueOrDefault(name);
}

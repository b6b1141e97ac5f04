using Tributary.Core.Models.Context.Time;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>dbt's <c>modules</c>: the parts of Python's library that templates may use.</summary>
internal sealed class ModulesValue(NodeContext context) : ContextObject
{
    public override string TypeName => "modules";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "datetime" => new DateTimeModule(Now()),
            "pytz" => new Pytz(),
            "re" => new ReModule(),
            "itertools" => new Itertools(),
            _ => null,
        };
        return value is not null;
    }

    /// <summary>The clock of templates is the run's as_of: compiled SQL that holds "now" must not differ between two nodes.</summary>
    private DateTimeOffset Now()
    {
        context.ReadAsOf = true;
        return context.Now;
    }

    private sealed class Pytz : ContextObject
    {
        public override bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "utc" or "UTC" => ZoneValue.Utc,
                "timezone" => Method("timezone", "zone", a => ZoneValue.Find(a.Text(0))),
                _ => null,
            };
            return value is not null;
        }
    }

    private sealed class Itertools : ContextObject
    {
        public override bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "chain" => Method("chain", "*iterables", a => a.Rest.SelectMany(Collections.Items).ToList()),
                "product" => Method("product", "*iterables", a => Product(a.Rest)),
                "combinations" => Method("combinations", "iterable, r", a => Combinations([.. Collections.Items(a[0])], a.Integer(1))),
                _ => null,
            };
            return value is not null;
        }

        private static List<object?> Product(IReadOnlyList<object?> lists)
        {
            IEnumerable<object?[]> rows = [[]];
            foreach (var list in lists) rows = rows.SelectMany(row => Collections.Items(list).Select(item => (object?[])[.. row, item]));
            return [.. rows.Select(row => new JinjaTuple(row))];
        }

        private static List<object?> Combinations(object?[] items, int size) =>
            size == 0 ? [new JinjaTuple()] : [.. items.SelectMany((item, i) => Combinations(items[(i + 1)..], size - 1).Select(rest => new JinjaTuple([item, .. (JinjaTuple)rest!])))];
    }
}

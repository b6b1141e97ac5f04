using Tributary.Core.Models.Context.Time;

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
            "itertools" => new ItertoolsModule(),
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
}

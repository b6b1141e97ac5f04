using Tributary.Core.Models.Context.Functions;
using Tributary.Jinja;

namespace Tributary.Core.Models.Context;

/// <summary>dbt's <c>exceptions</c>: a template that stops its node or warns.</summary>
internal sealed class ExceptionsValue(NodeContext context) : ContextObject
{
    public override string TypeName => "exceptions";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "warn" => Method("warn", "msg, node=None", a => Messages.Warn(context, PythonText.Of(PlainObject.From(a[0])))),
            "column_type_missing" => Method("column_type_missing", "column_names", _ => throw new TemplateException("a contract needs data_type on every column")),
            "raise_not_implemented" => Method("raise_not_implemented", "msg", Raise),
            "missing_config" => Method("missing_config", "model, name", a => throw new TemplateException($"the configuration needs '{PythonText.Of(a[1])}'")),
            _ when name.StartsWith("raise_", StringComparison.Ordinal) => Method(name, "msg, *args, **kwargs", Raise),
            _ => null,
        };
        return value is not null;
    }

    private static object? Raise(Jinja.Values.BoundArguments a) => throw new TemplateException(PythonText.Of(PlainObject.From(a[0])));
}

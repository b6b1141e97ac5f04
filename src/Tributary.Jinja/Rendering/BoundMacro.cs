using Tributary.Jinja.Values;

namespace Tributary.Jinja.Rendering;

/// <summary>A macro with the context, and the frame around its definition, that it will see when it is called.</summary>
internal sealed class BoundMacro(Macro macro, TemplateContext context, Frame? outer) : IJinjaObject, ICallable
{
    private Frame? around = outer;

    public string TypeName => "Macro";

    public object? Call(CallArguments arguments)
    {
        around ??= macro.Library?.RunOutside(context);
        return macro.Run(context, around, arguments);
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" => macro.Name,
            "arguments" => new JinjaTuple([.. macro.Parameters.Select(p => p.Name)]),
            "call_macro" => this, // dbt's way to call a macro without a place on its stack
            _ => null,
        };
        return value is not null;
    }

    public override string ToString() => $"<Macro {macro.Name}>";
}

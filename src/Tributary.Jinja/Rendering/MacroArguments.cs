using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Rendering;

/// <summary>Lays the arguments of a call into the variables of a macro.</summary>
internal static class MacroArguments
{
    public static void Lay(Macro macro, Frame frame, CallArguments arguments)
    {
        var parameters = macro.ParameterArray;
        var given = arguments.PositionalArray;
        for (var i = 0; i < parameters.Length && i < given.Length; i++) frame.Slots[parameters[i].Slot] = given[i];
        LayRest(macro, frame, given);
        LayNamed(macro, frame, arguments.NamedArray);
        foreach (var parameter in parameters)
        {
            if (ReferenceEquals(frame.Slots[parameter.Slot], Frame.Missing)) frame.Slots[parameter.Slot] = Default(parameter, macro, frame);
        }
    }

    private static object? Default(MacroParameter parameter, Macro macro, Frame frame)
    {
        if (parameter.Default is not null) return parameter.Default.Evaluate(frame);
        return new Undefined(frame.Context, $"the parameter '{parameter.Name}' of {macro.Name}() was not given");
    }

    private static void LayRest(Macro macro, Frame frame, object?[] given)
    {
        var count = macro.ParameterArray.Length;
        if (macro.Scope.IsRead("varargs") && SlotOf(macro, "varargs") is { } slot)
        {
            frame.Slots[slot] = new JinjaTuple(given.Length > count ? given[count..] : []);
        }
        else if (given.Length > count)
        {
            throw new TemplateException($"{macro.Name}() takes at most {count} argument(s), {given.Length} were given", Expected(macro));
        }
    }

    private static void LayNamed(Macro macro, Frame frame, KeyValuePair<string, object?>[] named)
    {
        JinjaDict? rest = null;
        if (macro.Scope.IsRead("kwargs") && SlotOf(macro, "kwargs") is { } slot) frame.Slots[slot] = rest = new JinjaDict();
        foreach (var (name, value) in named)
        {
            if (Array.Find(macro.ParameterArray, p => p.Name == name) is { } parameter)
            {
                if (!ReferenceEquals(frame.Slots[parameter.Slot], Frame.Missing)) throw new TemplateException($"{macro.Name}() got '{name}' twice");
                frame.Slots[parameter.Slot] = value;
            }
            else if (name == "caller" && macro.Scope.IsRead("caller") && SlotOf(macro, "caller") is { } caller)
            {
                frame.Slots[caller] = value;
            }
            else if (rest is not null)
            {
                rest[name] = value;
            }
            else
            {
                throw Unexpected(macro, name);
            }
        }
    }

    private static TemplateException Unexpected(Macro macro, string name) => name == "caller"
        ? new TemplateException($"{macro.Name}() is used in a call block, but does not use caller()")
        : new TemplateException($"{macro.Name}() has no parameter '{name}'", NearestName.Hint(name, macro.Parameters.Select(p => p.Name)) ?? Expected(macro));

    private static string Expected(Macro macro) =>
        $"Its parameters: {(macro.Parameters.Count == 0 ? "none" : string.Join(", ", macro.Parameters.Select(p => p.Name)))}.";

    /// <summary>The slot of one of the names that every macro may read; null when a parameter has that name.</summary>
    private static int? SlotOf(Macro macro, string name) =>
        !Array.Exists(macro.ParameterArray, p => p.Name == name) && macro.Scope.TryFind(name, out var slot) ? slot : null;
}

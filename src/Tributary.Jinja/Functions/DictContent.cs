using Tributary.Jinja.Values;

namespace Tributary.Jinja.Functions;

/// <summary>Fills a dict from another one or from a row of pairs.</summary>
internal static class DictContent
{
    public static void CopyInto(JinjaDict target, object? from, TemplateContext context)
    {
        if (from is JinjaDict dict)
        {
            context.Step(dict.Count);
            foreach (var (key, value) in dict.ToArray()) target[key] = value;
            return;
        }

        foreach (var item in Sequences.Of(from, context))
        {
            if (Sequences.TryOf(item, context) is not { Count: 2 } pair) throw new TemplateException("a dict is made of another dict or of pairs");
            target[pair[0]] = pair[1];
        }
    }
}

namespace Tributary.Core.Text.Yaml;

/// <summary>One piece of text in YAML, as written (quotes and escapes resolved) with the way it was written.</summary>
public sealed class YamlScalar(SourcePosition at, string text, YamlStyle style = YamlStyle.Plain) : YamlNode(at)
{
    public string Text { get; } = text;

    public YamlStyle Style { get; } = style;

    public bool IsPlain => Style == YamlStyle.Plain;

    /// <summary>Nothing was written: empty, <c>~</c> or <c>null</c>, without quotes.</summary>
    public bool IsNull => IsPlain && PlainValue.IsNull(Text);

    public override string Found => ToObject() switch
    {
        null => "nothing",
        bool => "true or false",
        long => "a whole number",
        double => "a number",
        _ => "text",
    };

    public override object? ToObject() => IsPlain ? PlainValue.Resolve(Text) : Text;

    internal override int Weight => 1;

    internal override int Height => 1;
}

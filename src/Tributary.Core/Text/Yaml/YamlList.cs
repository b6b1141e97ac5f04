namespace Tributary.Core.Text.Yaml;

/// <summary>A sequence in YAML.</summary>
public sealed class YamlList : YamlNode
{
    public YamlList(SourcePosition at, IReadOnlyList<YamlNode> items) : base(at)
    {
        Items = items;
        Weight = 1 + items.Sum(item => item.Weight);
        Height = 1 + items.Select(item => item.Height).DefaultIfEmpty().Max();
    }

    public IReadOnlyList<YamlNode> Items { get; }

    public override string Found => "a list";

    public override object ToObject() => Items.Select(item => item.ToObject()).ToList();

    internal override int Weight { get; }

    internal override int Height { get; }
}

namespace Tributary.Core.Text.Yaml;

/// <summary>How a scalar was written; only <see cref="Plain"/> ones can be numbers, Booleans or nothing.</summary>
public enum YamlStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

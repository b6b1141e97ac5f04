namespace Tributary.Jinja.Syntax;

/// <summary>One parameter of a macro.</summary>
public sealed class MacroParameter
{
    internal MacroParameter(string name, Expression? defaultValue, int slot) => (Name, Default, Slot) = (name, defaultValue, slot);

    public string Name { get; }

    /// <summary>What it is when the call does not give it; null when there is no default.</summary>
    public Expression? Default { get; }

    internal int Slot { get; }
}

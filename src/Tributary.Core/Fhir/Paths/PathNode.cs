namespace Tributary.Core.Fhir.Paths;

/// <summary>A parsed expression; <paramref name="Offset"/> is where it begins, in characters from 0.</summary>
internal abstract record PathNode(int Offset)
{
    /// <summary>A literal; <paramref name="Unit"/> makes a number a quantity.</summary>
    public sealed record Literal(int Offset, PathKind Kind, string Text, string? Unit = null) : PathNode(Offset);

    /// <summary><c>{}</c></summary>
    public sealed record Nothing(int Offset) : PathNode(Offset);

    /// <summary><c>$this</c>, <c>$index</c></summary>
    public sealed record Context(int Offset, string Name) : PathNode(Offset);

    /// <summary><c>%name</c></summary>
    public sealed record Variable(int Offset, string Name) : PathNode(Offset);

    /// <summary><c>source.name</c>; without a source, of the context.</summary>
    public sealed record Member(int Offset, PathNode? Source, string Name) : PathNode(Offset);

    /// <summary><c>source.name(arguments)</c></summary>
    public sealed record Call(int Offset, PathNode? Source, string Name, IReadOnlyList<PathNode> Arguments) : PathNode(Offset);

    /// <summary><c>source[index]</c></summary>
    public sealed record Indexed(int Offset, PathNode Source, PathNode Index) : PathNode(Offset);

    /// <summary><c>-operand</c>, <c>+operand</c></summary>
    public sealed record Sign(int Offset, string Operator, PathNode Operand) : PathNode(Offset);

    /// <summary><c>left operator right</c></summary>
    public sealed record Binary(int Offset, string Operator, PathNode Left, PathNode Right) : PathNode(Offset);

    /// <summary><c>operand is Type</c>, <c>operand as Type</c></summary>
    public sealed record Typed(int Offset, string Operator, PathNode Operand, PathNode Type) : PathNode(Offset);

    /// <summary>What stands directly below, in the order of the text.</summary>
    public IEnumerable<PathNode> Children => this switch
    {
        Member { Source: { } source } => [source],
        Call call => call.Source is null ? call.Arguments : [call.Source, .. call.Arguments],
        Indexed indexed => [indexed.Source, indexed.Index],
        Sign sign => [sign.Operand],
        Binary binary => [binary.Left, binary.Right],
        Typed typed => [typed.Operand],
        _ => [],
    };

    /// <summary>Whether <c>%name</c> stands anywhere in it.</summary>
    public bool Uses(string variable) => this is Variable found && found.Name == variable || Children.Any(child => child.Uses(variable));
}

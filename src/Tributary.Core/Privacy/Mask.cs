namespace Tributary.Core.Privacy;

/// <summary>
/// What makes the values of a class safe: one SQL expression. A new mask is a new file: a sealed record marked
/// <c>[Kind("…")]</c> that a profile names.
/// </summary>
public abstract record Mask
{
    /// <summary>
    /// The expression over a column, whose quoted name is <paramref name="column"/> and whose type may be any; null when nothing
    /// of it may leave. Must give null for null, unless it gives the same for every row, and must raise no error whatever the value.
    /// </summary>
    public abstract string? Expression(string column, MaskSettings settings);

    /// <summary>What the masked column is called.</summary>
    public virtual string NameOf(string column) => column;

    /// <summary>The PostgreSQL type that comes out; null = that of the column.</summary>
    public virtual string? DataType => null;

    /// <summary>Different values stay different and null stays null, so that <c>unique</c> and <c>not_null</c> still hold and files can be joined.</summary>
    public virtual bool KeepsKeys => false;

    /// <summary>The value is of the mask's own making, so that the leak check need not look for patterns in it.</summary>
    public virtual bool IsMade => true;

    /// <summary>The column as text in one form whatever its type and the session's date style.</summary>
    protected static string TextOf(string column) => $"(to_jsonb({column}) #>> '{{}}')";
}

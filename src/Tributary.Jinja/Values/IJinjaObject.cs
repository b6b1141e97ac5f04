using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Values;

/// <summary>
/// A host's object in a template (a relation, a result table, a date). Its text is <see cref="object.ToString"/>, equality is
/// <see cref="object.Equals(object?)"/>, order is <see cref="IComparable"/>; it can be called when it is an <see cref="ICallable"/> too.
/// </summary>
public interface IJinjaObject
{
    /// <summary>The name of its type, for messages.</summary>
    string TypeName => GetType().Name;

    /// <summary>What it counts as in a condition.</summary>
    bool IsTrue => true;

    /// <summary>Its elements when it can be looped over, else null. Each call starts anew.</summary>
    IEnumerable<object?>? Items => null;

    /// <summary>Whether it passes for a dict (the test <c>mapping</c>): its elements are then the names of its parts.</summary>
    bool IsMapping => false;

    /// <summary>How many elements it has, when it knows without counting.</summary>
    int? Length => null;

    bool TryGetAttribute(string name, out object? value);

    bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    bool TrySetAttribute(string name, object? value) => false;

    /// <summary>The result of an operator with this object on one side; false when there is no meaning for it.</summary>
    bool TryOperate(BinaryOperator op, object? other, bool isLeft, out object? result)
    {
        result = null;
        return false;
    }
}

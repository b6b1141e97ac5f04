using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>An object that templates see by its attributes; <c>a['name']</c> reads the same attribute as <c>a.name</c>.</summary>
internal abstract class ContextObject : IJinjaObject
{
    public virtual string TypeName => GetType().Name;

    public virtual bool IsTrue => true;

    public virtual IEnumerable<object?>? Items => null;

    public virtual int? Length => null;

    public virtual bool IsMapping => false;

    public abstract bool TryGetAttribute(string name, out object? value);

    public virtual bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && TryGetAttribute(name, out value);
    }

    /// <summary>Virtual here, because a class below would not stand for the interface's own.</summary>
    public virtual bool TryOperate(BinaryOperator op, object? other, bool isLeft, out object? result)
    {
        result = null;
        return false;
    }

    /// <summary>A function of this object, ready to be called from a template.</summary>
    protected static Function Method(string name, string parameters, Func<BoundArguments, object?> body) => new(name, parameters, body);
}

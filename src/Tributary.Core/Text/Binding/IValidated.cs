namespace Tributary.Core.Text.Binding;

/// <summary>A record that checks what its types cannot say: ranges, keys that exclude each other.</summary>
public interface IValidated
{
    /// <summary>Called once, right after the binder built the record; adds what is wrong and never throws.</summary>
    void Validate(Validation check);
}

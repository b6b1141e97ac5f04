using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Text.Binding;

/// <summary>Takes the problems that a record finds in itself and puts them where the key stands.</summary>
public sealed class Validation(YamlMap map, Problems problems)
{
    /// <summary>True when the key was written in the file, so that a default is not blamed on the user.</summary>
    public bool Has(string key) => map.Find(key) is not null;

    /// <summary>A value of the right type that cannot be (TRB0115), at the key's place or, when the key is absent, the map's.</summary>
    public void Refuse(string key, string message, string? hint = null) =>
        problems.Add(ErrorCodes.InvalidValue, map.Find(key)?.At ?? map.At, $"{key}: {message}", hint);
}

namespace Tributary.Core.Jobs;

/// <summary>What a setting holds.</summary>
public enum SettingType
{
    Boolean,
    List,
    String,
    Number,
    Date,
}

namespace Tributary.Core.Privacy;

/// <summary>The profiles that a project can choose.</summary>
public enum PrivacyProfileName
{
    SafeHarbor,
    Engage,
}

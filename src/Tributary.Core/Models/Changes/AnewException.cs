namespace Tributary.Core.Models.Changes;

/// <summary>The table must be made anew after all: its columns changed, or it is gone.</summary>
internal sealed class AnewException() : Exception("The table is to be made anew.");

namespace Tributary.Core.Models.Changes;

/// <summary>From where a node that reads changes is compiled.</summary>
internal enum Following
{
    /// <summary>From where its last success left off; all of it when there is none, or a full refresh was asked for.</summary>
    AsRecorded,

    /// <summary>All of it.</summary>
    Anew,

    /// <summary>As its next build will be.</summary>
    Later,
}

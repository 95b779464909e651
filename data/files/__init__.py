"""Files and folders: safe writing, locks, settings, drafts and exports. It must not know what a journal contains."""

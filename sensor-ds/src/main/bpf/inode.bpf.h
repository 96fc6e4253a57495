/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What kind of file a file is. */
#ifndef DEFENDER_INODE_BPF_H
#define DEFENDER_INODE_BPF_H

#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define S_IFREG 0100000
#define S_IFBLK 0060000

#define OVERLAYFS_SUPER_MAGIC 0x794c7630

/*
 * overlayfs can be a module, whose types the kernel's own BTF lacks; but in each kernel since 4.13 its inode is followed by
 * the dentry of the upper layer, NULL if the file has none there.
 */
static __always_inline bool on_upper_layer(struct inode *inode)
{
	void *upper = NULL;

	if (BPF_CORE_READ(inode, i_sb, s_magic) != OVERLAYFS_SUPER_MAGIC)
		return false;
	bpf_probe_read_kernel(&upper, sizeof(upper), (void *)inode + bpf_core_type_size(struct inode));
	return upper != NULL;
}

/* memfd_create makes a dentry of its own tree, named memfd:…, on a file that never had a link. */
static __always_inline bool is_memfd(struct inode *inode, struct dentry *dentry)
{
	char name[6] = {};

	if (BPF_CORE_READ(inode, i_nlink) || BPF_CORE_READ(dentry, d_parent) != dentry)
		return false;
	bpf_probe_read_kernel(name, sizeof(name), BPF_CORE_READ(dentry, d_name.name));
	return name[0] == 'm' && name[1] == 'e' && name[2] == 'm' && name[3] == 'f' && name[4] == 'd' &&
	       name[5] == ':';
}

static __always_inline u32 file_flags(struct inode *inode, struct dentry *dentry)
{
	u32 flags = on_upper_layer(inode) ? FLAG_UPPER_LAYER : 0;

	if (is_memfd(inode, dentry))
		flags |= FLAG_MEMFD;
	else if (!BPF_CORE_READ(inode, i_nlink) || !BPF_CORE_READ(dentry, d_hash.pprev))
		flags |= FLAG_UNLINKED;
	return flags;
}

#endif
